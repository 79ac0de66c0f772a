import type { FastifyInstance } from 'fastify';
import type { StoredCredential } from '../batchStore';
import type { LearnCoinState } from '../state';
import { downloadPaths, verifyPath } from './addresses';
import { hasDownload } from './downloads';

const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Mounts `/c/{id}`: what a person sees who follows a `verify_url`. Nothing is verified here, and the page says so. */
export function registerVerifyPage(app: FastifyInstance, state: LearnCoinState): void {
	app.get<{ Params: { id: string } }>(verifyPath(':id'), async (request, reply) => {
		const credential = state.store.findPublicCredential(request.params.id);
		void reply.header('content-security-policy', contentSecurityPolicy).header('cache-control', 'no-store');
		void reply.code(credential ? 200 : 404).type('text/html; charset=utf-8');
		return credential ? credentialPage(credential, state) : notFoundPage();
	});
}

/** Revoked and erased are two independent flags, hence four pages (docs/api/learncoin.md 8). */
function credentialPage(credential: StoredCredential, state: LearnCoinState): string {
	const { revocation, erasure } = credential;
	if (revocation && erasure) return layout(state, 'Revoked', 'bad', '<p>This credential was revoked, and its holder was erased.</p>');
	if (revocation) return layout(state, 'Revoked', 'bad', tombstone(credential, state));
	return layout(state, ...stateOf(credential), details(credential, state) + downloads(credential, state));
}

type Tone = 'good' | 'waiting' | 'bad';

function stateOf({ batch, input }: StoredCredential): [string, Tone] {
	if (batch.status === 'failed') return ['Not issued', 'bad'];
	if (batch.status !== 'anchored') return ['Not anchored yet', 'waiting'];
	if (input.expirationDate !== undefined && Date.parse(input.expirationDate) < Date.now()) return ['Expired', 'waiting'];
	return ['Anchored', 'good'];
}

function tombstone({ revocation, input }: StoredCredential, { tenant }: LearnCoinState): string {
	return `<h1>${text(input.achievement.name)}</h1>${list([
		['Issuer', tenant.name],
		['Revoked', revocation?.revoked_at],
		['Reason', revocation?.reason],
		['Reason code', revocation?.reason_code],
	])}`;
}

function details({ recipient, input, batch, erasure }: StoredCredential, { tenant }: LearnCoinState): string {
	const { achievement, issuanceDate, expirationDate } = input;
	const alignments = achievement.alignment?.map(({ targetFramework, targetName, targetCode }) =>
		[targetFramework, targetName ?? targetCode].filter((part) => part !== undefined).join(': '),
	);
	return `<h1>${text(achievement.name)}</h1><p>${text(achievement.description)}</p>${list([
		['Awarded to', erasure ? 'Name erased at the holder’s request' : recipient.name],
		['Issuer', tenant.name],
		['Awarding body', tenant.awardingBody.name as string | undefined],
		['Criteria', achievement.criteria?.narrative],
		['Alignment', alignments?.join(', ')],
		['Issued', issuanceDate],
		['Expires', expirationDate],
		['Anchored in', batch.anchorTransaction && `${batch.anchorTransaction.chain}, ${batch.anchorTransaction.hash}`],
	])}`;
}

/** Not on the pages of whoever was revoked or erased: those show less than the document holds. */
function downloads(credential: StoredCredential, state: LearnCoinState): string {
	if (credential.erasure || !hasDownload(credential, state)) return '';
	const { genuine, altered } = downloadPaths(credential.id);
	return `<p class="files"><a href="${genuine}">Download the credential</a><a href="${altered}">Download it with a letter changed</a></p>`;
}

function notFoundPage(): string {
	return layout(
		undefined,
		'Not found',
		'bad',
		'<p>The sandbox has no such credential. It forgets everything when it stops or is reset.</p>',
	);
}

function list(rows: Array<[label: string, value: string | undefined]>): string {
	const filled = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
	return `<dl>${filled.map(([label, value]) => `<dt>${label}</dt><dd>${text(value)}</dd>`).join('')}</dl>`;
}

function layout(state: LearnCoinState | undefined, title: string, tone: Tone, content: string): string {
	const accent = state?.tenant.verifyPageBranding.accent_color ?? '#1c2430';
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – LearnCoin sandbox</title>
<link rel="icon" href="data:,">
<style>
* { box-sizing: border-box; margin: 0; }
body { background: #f5f6f8; color: #1c2430; font: 15px/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; padding: 40px 16px; }
main { background: #fff; border: 1px solid #e4e7ec; border-top: 6px solid ${accent}; border-radius: 8px; max-width: 620px; margin: 0 auto; padding: 28px 32px; }
h1 { font-size: 24px; line-height: 1.25; margin: 14px 0 6px; }
dl { display: grid; grid-template-columns: 120px 1fr; gap: 8px 16px; margin-top: 20px; }
dt { color: #667085; }
dd { overflow-wrap: anywhere; }
.files { display: flex; gap: 24px; margin-top: 20px; }
.state { display: inline-block; border-radius: 12px; font-size: 13px; font-weight: 600; padding: 1px 12px; margin-bottom: 4px; }
.good { color: #067647; background: #e7f6ee; }
.waiting { color: #b54708; background: #fef3e2; }
.bad { color: #b42318; background: #fdeceb; }
footer { color: #667085; font-size: 13px; max-width: 620px; margin: 14px auto 0; text-align: center; }
</style>
</head>
<body>
<main><span class="state ${tone}">${title}</span>${content}</main>
<footer>Sandbox, for tests only: the issuer is made up, its proofs are real, and its chain is on this machine alone. This page itself checks none of them.</footer>
</body>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function text(value: string): string {
	return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
