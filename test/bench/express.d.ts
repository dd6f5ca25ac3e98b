// As much of Express as the bench's own entry uses; its real types would weigh more than what they check here.
declare module 'express' {
  interface Request {
    header(name: string): string | undefined;
    params: Record<string, string>;
    query: Record<string, unknown>;
    body: { commandId: string; [field: string]: unknown };
  }
  interface Response {
    status(code: number): Response;
    json(body: unknown): Response;
    type(name: string): Response;
    send(body: unknown): Response;
  }
  type Handler = (request: Request, response: Response) => unknown;
  interface App {
    use(handler: unknown): void;
    get(path: string, handler: Handler): void;
    post(path: string, handler: Handler): void;
    /** What wraps it for Lambda calls it by. */
    handle(request: unknown, response: unknown): void;
  }
  const express: (() => App) & { json(options: { limit: string }): unknown };
  export default express;
}
