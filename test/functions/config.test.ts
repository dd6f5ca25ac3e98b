import { describe, expect, it } from 'vitest';
import { ConfigProblem, environment, needs, readConfig } from '../../functions/config.ts';

const issuer = {
  issuer: 'https://id.example.cn',
  audience: 'hall',
  algorithms: ['RS256'],
  jwksUrl: 'https://id.example.cn/jwks',
};
const deployed = {
  TABLE_NAME: 'table',
  EVIDENCE_BUCKET: 'evidence',
  PAPERS_BUCKET: 'papers',
  TOKEN_ISSUERS: JSON.stringify([issuer]),
};
const said = (variables: Record<string, string | undefined>): string => {
  try {
    readConfig(needs.api, variables);
  } catch (problem) {
    if (problem instanceof ConfigProblem) return problem.message;
    throw problem;
  }
  return 'nothing';
};
const issuers = (...list: unknown[]) => ({ ...deployed, TOKEN_ISSUERS: JSON.stringify(list) });

describe('the configuration of a function', () => {
  it('holds what the environment says', () => {
    expect(readConfig(needs.api, deployed)).toEqual({
      table: 'table',
      evidence: 'evidence',
      papers: 'papers',
      issuers: [issuer],
    });
  });

  it('holds only what its door needs, and asks for nothing else', () => {
    expect(readConfig(needs.month, { TABLE_NAME: 'table', PAPERS_BUCKET: 'papers' })).toEqual({
      table: 'table',
      papers: 'papers',
    });
    expect(readConfig(needs.stream, deployed)).not.toHaveProperty('issuers');
  });

  it('is read from the environment of the process when none is handed in', () => {
    expect(() => readConfig(needs.month)).toThrow(ConfigProblem);
  });

  it('names every missing variable at once, an empty one too', () => {
    expect(said({})).toContain('missing: TABLE_NAME, EVIDENCE_BUCKET, PAPERS_BUCKET, TOKEN_ISSUERS');
    expect(said({ ...deployed, PAPERS_BUCKET: '', TABLE_NAME: undefined })).toContain(
      'missing: TABLE_NAME, PAPERS_BUCKET',
    );
    expect(said({ ...deployed, PAPERS_BUCKET: '' })).not.toContain('malformed');
  });

  it('names what is missing and what is malformed in one line, and shows no value', () => {
    const line = said({ TABLE_NAME: 'table', EVIDENCE_BUCKET: 'evidence', TOKEN_ISSUERS: '[secret' });
    expect(line).toContain('missing: PAPERS_BUCKET');
    expect(line).toContain('malformed: TOKEN_ISSUERS (not JSON)');
    expect(line).not.toContain('secret');
    expect(line).not.toContain('\n');
  });

  it('knows a name for every field of every door', () => {
    for (const needed of Object.values(needs)) {
      for (const field of Object.keys(needed.shape)) expect(environment).toHaveProperty(field);
    }
  });
});

describe('the issuers', () => {
  it('may keep their keys in a file, or on this very machine', () => {
    const { jwksUrl: _, ...byFile } = { ...issuer, jwksFile: 'keys.json' };
    expect(said(issuers(byFile))).toBe('nothing');
    expect(
      said(issuers({ ...issuer, issuer: 'http://127.0.0.1:8080', jwksUrl: 'http://localhost/jwks' })),
    ).toBe('nothing');
  });

  it.each([
    ['none at all, so that nobody could sign in', []],
    ['an algorithm without signature', [{ ...issuer, algorithms: ['none'] }]],
    ['a shared secret', [{ ...issuer, algorithms: ['RS256', 'HS256'] }]],
    ['no algorithm', [{ ...issuer, algorithms: [] }]],
    ['keys from the open network', [{ ...issuer, jwksUrl: 'http://id.example.cn/jwks' }]],
    ['keys from a host that only looks local', [{ ...issuer, jwksUrl: 'http://localhost.example.cn/jwks' }]],
    ['two places for keys', [{ ...issuer, jwksFile: 'keys.json' }]],
    ['no audience', [{ ...issuer, audience: '' }]],
    ['a slip in a name', [{ ...issuer, audiense: 'hall' }]],
  ])('are refused with %s', (_, list) => {
    expect(said(issuers(...list))).toContain('malformed: TOKEN_ISSUERS');
  });
});
