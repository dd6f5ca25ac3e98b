// What differs between two places where the house stands: read from `stages` in cdk.json, checked before anything is
// synthesised, so that a slip shows here and not as a function that will not start.
import { RegionInfo } from 'aws-cdk-lib/region-info';

/** An issuer of sign-in tokens; its keys by address, or by a file that is packed with the function. */
interface IssuerSetting {
  issuer: string;
  audience: string;
  algorithms: string[];
  jwksUrl?: string;
  jwksFile?: string;
}

export interface Settings {
  stage: string;
  region: string;
  partition: 'aws' | 'aws-cn';
  architecture: 'arm64' | 'x86_64';
  /** Where the web app is served: `https://host`, no path. */
  appOrigin: string;
  issuers: IssuerSetting[];
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value);
const origin = (value: unknown): string | undefined =>
  isText(value) && /^https:/.test(value) && URL.canParse(value) && new URL(value).origin === value
    ? value
    : undefined;

/** @throws naming everything that is wrong with the stage at once, or the stages there are */
export const readSettings = (stage: unknown, stages: unknown): Settings => {
  const known = record(stages);
  if (!isText(stage) || !(stage in known)) {
    throw new Error(`cdk.json: no stage ${String(stage)}; there are: ${Object.keys(known).join(', ')}`);
  }
  const given = record(known[stage]);
  const region = isText(given.region) ? given.region : '';
  const partition = oneOf(['aws', 'aws-cn'], RegionInfo.get(region).partition);
  const architecture = oneOf(['arm64', 'x86_64'], given.architecture);
  const appOrigin = origin(given.appOrigin);
  const issuers = list(given.issuers).map(readIssuer);
  const unclear = issuers.indexOf(undefined);

  const faults = [
    partition === undefined && 'region: one of aws or aws-cn',
    architecture === undefined && 'architecture: arm64 or x86_64',
    appOrigin === undefined && 'appOrigin: https://host without a path',
    issuers.length === 0 && 'issuers: at least one, or nobody can sign in',
    unclear >= 0 && `issuers.${unclear}: issuer, audience, algorithms and either jwksUrl or jwksFile`,
  ].filter((fault) => fault !== false);
  if (partition === undefined || architecture === undefined || appOrigin === undefined || faults.length > 0) {
    throw new Error(`cdk.json, stage ${stage}: ${faults.join(' · ')}`);
  }
  return {
    ...{ stage, region, partition, architecture, appOrigin },
    issuers: issuers.filter((issuer) => issuer !== undefined),
  };
};

const readIssuer = (value: unknown): IssuerSetting | undefined => {
  const { issuer, audience, algorithms, jwksUrl, jwksFile, ...others } = record(value);
  const names = list(algorithms).filter(isText);
  if (!isText(issuer) || !isText(audience) || names.length === 0 || Object.keys(others).length > 0)
    return undefined;
  const trusted = { issuer, audience, algorithms: names };
  if (isText(jwksUrl) && jwksFile === undefined) return { ...trusted, jwksUrl };
  if (isText(jwksFile) && jwksUrl === undefined) return { ...trusted, jwksFile };
  return undefined;
};
