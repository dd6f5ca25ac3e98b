// What API Gateway does, on one machine: a request becomes an event of an HTTP API (payload 2.0), its answer a response.
// With the gateway's limits; knows no route and no token.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** A function is called with 6 MB at most, and bytes grow by a third as base64 (Lambda quotas; HTTP API quotas). */
const mostBytes = 4.5 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > mostBytes ? undefined : Buffer.concat(chunks);
};

const eventOf = (request: IncomingMessage, body: Buffer, secure: boolean): APIGatewayProxyEventV2 => {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  headers['x-forwarded-proto'] = secure ? 'https' : 'http';
  const method = request.method ?? 'GET';
  const now = Date.now();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query.join('?'),
    headers,
    requestContext: {
      ...{ accountId: 'local', apiId: 'local', domainPrefix: 'local', stage: '$default' },
      ...{ requestId: String(now), routeKey: '$default', time: new Date(now).toISOString(), timeEpoch: now },
      domainName: request.headers.host ?? 'localhost',
      http: {
        ...{ method, path: rawPath, protocol: `HTTP/${request.httpVersion}` },
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
    },
    ...(body.length === 0
      ? { isBase64Encoded: false }
      : { body: body.toString('base64'), isBase64Encoded: true }),
  };
};

/** Answers requests with a function's handler. A handler that throws is a 500 without words, as in the cloud. */
export const gatewayTo =
  (handler: Handler, { secure }: { secure: boolean }) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await bodyOf(request);
      if (body === undefined) {
        response.writeHead(413, { 'content-type': 'application/json' });
        response.end('{"message":"Request Too Long"}');
        return;
      }
      const told = await handler(eventOf(request, body, secure));
      const bytes = Buffer.from(told.body ?? '', told.isBase64Encoded ? 'base64' : 'utf8');
      for (const [name, value] of Object.entries(told.headers ?? {})) response.setHeader(name, String(value));
      if (request.method !== 'HEAD' && told.statusCode !== 304)
        response.setHeader('content-length', bytes.length);
      response.writeHead(told.statusCode ?? 200);
      response.end(request.method === 'HEAD' ? undefined : bytes);
    } catch (error) {
      if (request.destroyed && !request.complete) return; // the sender went away
      console.error(JSON.stringify({ gateway: error instanceof Error ? error.stack : 'unknown' }));
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"message":"Internal Server Error"}');
    }
  };
