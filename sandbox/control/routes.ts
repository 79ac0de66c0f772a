import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { chainSettingsPatchSchema } from '../chain/settings';
import { faultSchema, type Fault } from '../http/faults';
import { learnCoinSettingsPatchSchema } from '../learncoin/settings';
import { mocaSettingsPatchSchema } from '../moca/settings';
import { registerPartner } from '../moca/state';
import { parsedJson } from '../shared/parsedJson';
import { patchSettings } from '../shared/settings';
import { sandboxState, type ShownSandbox } from './sandboxState';

export interface ControlledSandbox extends ShownSandbox {
	reset(): void;
}

const settingsPatchSchema = z
	.object({
		latencyMs: z.number().min(0),
		moca: mocaSettingsPatchSchema,
		learncoin: learnCoinSettingsPatchSchema,
		chain: chainSettingsPatchSchema,
	})
	.partial()
	.strict();

const partnerSchema = z
	.object({
		partnerId: z.string().min(1),
		jwksUrl: z.string().regex(/^(https?|file):\/\/\S+$/, 'must be an http(s):// or file:// address'),
		issuerDid: z.string().min(1),
	})
	.strict();

/** One fault or a list of them. */
const faultsSchema = z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(faultSchema));

const rowCount = z.coerce.number().int().min(0).max(100_000);
const stateQuerySchema = z.object({
	issued: rowCount.default(100),
	requests: rowCount.default(50),
	bodies: z.enum(['true', 'false']).default('true'),
});

/**
 * Mounts `/_sandbox/*`, so that another process can drive the sandbox: GET state (`?issued=` and `?requests=` rows, newest
 * first, `?bodies=false` without what was sent), PUT settings, POST and DELETE faults, POST partners, POST reset.
 */
export function registerControl(app: FastifyInstance, sandbox: ControlledSandbox): void {
	const { context, moca, learncoin, chain } = sandbox;
	void app.register(
		async (control) => {
			// Any content type is JSON here, and none is needed: `curl -X POST …/reset` should just work.
			control.removeAllContentTypeParsers();
			control.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => parseBody(String(body), done));

			control.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) => {
				const status = error instanceof z.ZodError ? 400 : (error.statusCode ?? 500);
				const message = error instanceof z.ZodError ? error.issues.map(problem).join('; ') : error.message;
				return await reply.code(status).send({ error: status, message });
			});

			control.get('/state', async (request) => sandboxState(sandbox, stateQuerySchema.parse(request.query)));

			control.put('/settings', async (request) => {
				const patch = settingsPatchSchema.parse(request.body);
				if (patch.latencyMs !== undefined) context.latencyMs = patch.latencyMs;
				if (patch.moca) patchSettings(moca.settings, patch.moca);
				if (patch.learncoin) patchSettings(learncoin.settings, patch.learncoin);
				if (patch.chain) patchSettings(chain.settings, patch.chain);
				return { latencyMs: context.latencyMs, moca: moca.settings, learncoin: learncoin.settings, chain: chain.settings };
			});

			control.post('/faults', async (request, reply) => {
				const faults = faultsSchema.parse(request.body);
				for (const fault of faults) context.faults.add(fault as Fault);
				return await reply.code(201).send({ faults: context.faults.list() });
			});

			control.delete('/faults', async (_request, reply) => {
				context.faults.clear();
				return await reply.code(204).send();
			});

			control.post('/partners', async (request, reply) => {
				const partner = partnerSchema.parse(request.body);
				registerPartner(moca, partner);
				return await reply.code(201).send(partner);
			});

			control.post('/reset', async (_request, reply) => {
				sandbox.reset();
				return await reply.code(204).send();
			});
		},
		{ prefix: '/_sandbox' },
	);
}

function parseBody(text: string, done: (error: Error | null, body?: unknown) => void): void {
	const body = parsedJson(text);
	if (body === undefined && text !== '') done(Object.assign(new Error('The body must be JSON'), { statusCode: 400 }));
	else done(null, body);
}

function problem({ path, message }: z.ZodIssue): string {
	return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
