import type { FastifyInstance } from 'fastify';
import { chainScript, chainSection } from './chain';
import { learnCoinScript, learnCoinSections } from './learnCoin';
import { mocaScript, mocaSection } from './moca';
import { pageScript } from './script';
import { pageStyle } from './style';

/** Everything is inline, so nothing else may load and no text from a request can ever run. */
const contentSecurityPolicy = [
	"default-src 'none'",
	"style-src 'unsafe-inline'",
	"script-src 'unsafe-inline'",
	"connect-src 'self'",
	'img-src data:',
].join('; ');

/** Mounts the page at `/`, where a person watches a run. */
export function registerPage(app: FastifyInstance): void {
	app.get('/', async (_request, reply) => {
		void reply.header('content-security-policy', contentSecurityPolicy).header('cache-control', 'no-store');
		return await reply.type('text/html; charset=utf-8').send(page);
	});
}

/** A service's tables go into the left column, one `<section>` each; the traffic of all services stays on the right. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Issuer sandbox</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
	<div>
		<h1>Issuer sandbox</h1>
		<p id="connection" class="live">Live</p>
	</div>
	<dl id="counters"></dl>
</header>
<main>
	<div class="column">${mocaSection}${learnCoinSections}${chainSection}
	</div>
	<div class="column">
		<section id="traffic">
			<h2>Requests <small>the last 50</small></h2>
			<div class="scroll">
				<table id="requests">
					<colgroup><col style="width:13%"><col style="width:10%"><col style="width:36%"><col style="width:25%"><col style="width:8%"><col style="width:8%"></colgroup>
					<thead><tr><th>Time</th><th>Method</th><th>Path</th><th>Recipient</th><th class="number">HTTP</th><th class="number">ms</th></tr></thead>
					<tbody></tbody>
				</table>
				<p class="empty">No request yet.</p>
			</div>
		</section>
	</div>
</main>
<script>${pageScript}${mocaScript}${learnCoinScript}${chainScript}</script>
</body>
</html>
`;
