import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

const STYLE = `
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark; }
li { margin: .4rem 0 }
`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>AITBC</title>
<style>${STYLE}</style>
<h1>AITBC</h1>
<p>A marketplace for AI compute. Providers list GPUs, clients book them and submit jobs,
agents beside the GPUs execute the jobs, and an escrow contract on a chain pays for what was delivered.</p>
<ul>
<li><a href="/docs">The API</a>, to read and to try</li>
<li><a href="/openapi.json">Its OpenAPI document</a>, to generate a client from</li>
<li><a href="/v1/chain">The chain</a>; Ethereum tools reach it by JSON-RPC at <code>/rpc</code></li>
<li><a href="/health/ready">Whether the system is ready</a></li>
</ul>
<p>Everything else is under <code>/v1</code> and begins with <code>POST /v1/auth/register</code>.</p>
</html>
`;

/** The page shown when the API's address is opened in a browser. */
@Controller()
@ApiExcludeController()
export class HomeController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  showHome(): string {
    return PAGE;
  }
}
