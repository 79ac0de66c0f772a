import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import type { StoredBatch } from '../batchStore';
import { invalid, LearnCoinRefusal } from '../http/errors';
import { listPage } from '../http/listPage';
import type { LearnCoinState } from '../state';
import { batchStatuses, type Environment } from '../types';
import { announce } from '../webhooks/emit';
import { batchBody } from './batchBody';
import { readCredentialInputs } from './credentialInput';
import { startLifecycle } from './lifecycle';

/** `POST /batches` (docs/api/learncoin.md 3.1). @throws LearnCoinRefusal 400, or what the settings say about the monthly limit */
export function createBatch(call: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	const inputs = readCredentialInputs(call, state.settings);
	requireWithinLimit(inputs.length, environment, state);
	const batch = state.store.create(environment, inputs);
	startLifecycle(batch, { ...state, reached: (changed) => announceStatus(changed, state) });
	const body = batchBody(batch, state);
	announce('batch.created', body, state, environment);
	return { status: 202, body };
}

function announceStatus(batch: StoredBatch, state: LearnCoinState): void {
	announce(`batch.${batch.status}`, batchBody(batch, state), state, batch.environment);
}

/** The status and code of this refusal are unknown (docs/api/learncoin.md 4), so they are off by default. */
function requireWithinLimit(count: number, environment: Environment, { settings, store }: LearnCoinState): void {
	const { monthlyLimit, monthlyLimitAnswer } = settings;
	if (monthlyLimitAnswer === 'none' || store.issuedThisMonth(environment) + count <= monthlyLimit) return;
	throw new LearnCoinRefusal(monthlyLimitAnswer, 'monthly_limit_reached', `This plan issues ${monthlyLimit} credentials a month.`);
}

/** `GET /batches/{id}`. @throws LearnCoinRefusal 404 whose code is a guess: the errors page is cut there (docs/api/learncoin.md 4) */
export function getBatch({ params }: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	const batch = state.store.findBatch(params.id ?? '', environment);
	if (!batch) throw new LearnCoinRefusal(404, 'batch_not_found', `There is no batch ${params.id}.`);
	return { status: 200, body: batchBody(batch, state) };
}

/** `GET /batches` (docs/api/learncoin.md 3.3). @throws LearnCoinRefusal 400 */
export function listBatches({ query }: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	const { status } = query;
	if (status !== undefined && !batchStatuses.some((known) => known === status)) {
		throw invalid('invalid_field_format', `status must be one of ${batchStatuses.join(', ')}.`);
	}
	const own = state.store
		.batches()
		.filter((batch) => batch.environment === environment && (status === undefined || batch.status === status));
	const { data, ...rest } = listPage(query, `batches ${String(status ?? '')}`, own, state.settings);
	return { status: 200, body: { data: data.map((batch) => batchBody(batch, state, state.settings.listHasCredentials)), ...rest } };
}
