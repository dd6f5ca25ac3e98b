// Between API Gateway's events (HTTP API, payload 2.0) and the web's Request and Response. Payload 2.0 only, and a body
// that is not text travels as base64; nothing else of the gateway is known to the house.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type Answering = (request: Request) => Response | Promise<Response>;

const requestOf = (event: APIGatewayProxyEventV2): Request => {
  const { domainName, http } = event.requestContext;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers.set(name, value);
  const bodiless = event.body === undefined || http.method === 'GET' || http.method === 'HEAD';
  if (bodiless)
    return new Request(`https://${domainName}${event.rawPath}${query}`, { method: http.method, headers });
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  headers.set('content-length', String(body.byteLength));
  return new Request(`https://${domainName}${event.rawPath}${query}`, { method: http.method, headers, body });
};

const isText = (type: string): boolean => /^text\/|json|javascript/.test(type);

/** Over plain http, on one's own machine, nobody may be told to stay with https (RFC 6797, 7.2). */
const plain = (event: APIGatewayProxyEventV2): boolean => event.headers['x-forwarded-proto'] === 'http';

const resultOf = async (response: Response): Promise<APIGatewayProxyStructuredResultV2> => {
  const text =
    isText(response.headers.get('content-type') ?? 'text/') && !response.headers.has('content-encoding');
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    isBase64Encoded: !text,
    body: text ? await response.text() : Buffer.from(await response.arrayBuffer()).toString('base64'),
  };
};

/** A Lambda handler that lets the app answer. */
export const answering =
  (answer: Answering) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const response = await answer(requestOf(event));
    if (plain(event)) response.headers.delete('strict-transport-security');
    return resultOf(response);
  };
