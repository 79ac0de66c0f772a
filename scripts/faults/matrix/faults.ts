import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault, Sandbox } from '../../../sandbox/index';
import type { Relay } from './relay';

/** A call that changes something, as far as faults differ by it. */
export interface WritingCall {
	service: 'Moca' | 'LearnCoin';
	/** The sandbox's name for it. */
	route: string;
	/** Moca leaves alone what is there already, and says so in one of several ways. */
	keepsDuplicates?: boolean;
}

export interface FaultScene {
	sandbox: Sandbox;
	relay: Relay;
	/** The operation's writing call. */
	route: string;
	/** Which of those calls goes wrong, counted from 1. */
	call: number;
	/** Whether the node gets over it by itself in this way of running, so that it must not last. */
	isShort: boolean;
}

export interface FaultKind {
	/** As a row's headline. */
	title: string;
	/** Lets it happen once. What comes back ends it, when the executions that it is meant for are through. */
	arm(scene: FaultScene): Promise<() => Promise<void> | void>;
	/** How the sandbox reads the documents meanwhile, and in the executions after it. */
	reading?(sandbox: Sandbox): void;
	/**
	 * Whether asking again gets over it: `unprocessed` is a request that the service surely did nothing for, `unclear` one that it may have
	 * done the work for, `refused` one that it has answered for good.
	 */
	kind: 'none' | 'unprocessed' | 'unclear' | 'refused';
	/** Milliseconds that the node waits for an answer, where that matters. */
	timeout?: number;
	/** In all ways of running again; the others stand for the same in the nodes, and are tried in three ways. */
	inAllWays: boolean;
	/** Operations that can meet it; all of them if not given. */
	meets?(call: WritingCall): boolean;
}

const once =
	(answer: Fault['answer']): FaultKind['arm'] =>
	({ sandbox, route, call }) => {
		sandbox.faults.add({ route, fromCall: call, answer });
		return Promise.resolve(() => sandbox.faults.clear());
	};

const status = (code: number, more: { headers?: Record<string, string>; body?: unknown } = {}) =>
	once({ kind: 'status', status: code, ...more });

/** Longer than the node waits, see `timeout`. */
const silenceMs = 4_000;
const timeout = 1_500;

/** Longer than n8n needs to start the node, shorter than the node's own repeats take. */
const shortMs = 700;

const ofMoca = ({ service }: WritingCall) => service === 'Moca';
const ofLearnCoin = ({ service }: WritingCall) => service === 'LearnCoin';
const ofBatches = ({ route }: WritingCall) => route === 'learncoin.createBatch';

const errorBody = (code: string | undefined, message: string) => ({ error: { ...(code && { code }), message, request_id: 'req_faults' } });

const lines = {
	none: { title: 'nothing goes wrong', kind: 'none', inAllWays: true, arm: () => Promise.resolve(() => {}) },
	refused: {
		title: 'connection refused',
		kind: 'unprocessed',
		inAllWays: true,
		arm: async ({ relay, isShort }) => {
			await relay.cut();
			const mended = isShort ? sleep(shortMs).then(() => relay.mend()) : undefined;
			return async () => await (mended ?? relay.mend());
		},
	},
	resetBefore: { title: 'line cut, nothing done', kind: 'unclear', inAllWays: true, arm: once({ kind: 'drop', when: 'before' }) },
	resetAfter: { title: 'line cut, work done', kind: 'unclear', inAllWays: true, arm: once({ kind: 'drop', when: 'after' }) },
	silenceBefore: {
		title: 'time-out, nothing done',
		kind: 'unclear',
		timeout,
		inAllWays: false,
		arm: once({ kind: 'drop', when: 'before', afterMs: silenceMs }),
	},
	silenceAfter: {
		title: 'time-out, work done',
		kind: 'unclear',
		timeout,
		inAllWays: true,
		arm: once({ kind: 'drop', when: 'after', afterMs: silenceMs }),
	},
} satisfies Record<string, FaultKind>;

const answers = {
	s408: { title: '408', kind: 'unclear', inAllWays: false, arm: status(408) },
	s429: { title: '429', kind: 'unprocessed', inAllWays: true, arm: status(429) },
	s429After: { title: '429, Retry-After: 1', kind: 'unprocessed', inAllWays: false, arm: status(429, { headers: { 'retry-after': '1' } }) },
	s500: { title: '500, nothing done', kind: 'unclear', inAllWays: false, arm: status(500) },
	s500Done: {
		title: '500, work done',
		kind: 'unclear',
		inAllWays: true,
		arm: once({ kind: 'body', status: 500, body: { message: 'Internal error' } }),
	},
	s502: { title: '502', kind: 'unclear', inAllWays: false, arm: status(502) },
	s502Html: { title: '502, an HTML page', kind: 'unclear', inAllWays: false, arm: once({ kind: 'html', status: 502 }) },
	s503: { title: '503', kind: 'unclear', inAllWays: true, arm: status(503) },
	s504: { title: '504', kind: 'unclear', inAllWays: false, arm: status(504) },
	html: { title: '200, an HTML page', kind: 'refused', inAllWays: true, arm: once({ kind: 'html', status: 200 }) },
	half: { title: 'half a body, work done', kind: 'refused', inAllWays: true, arm: once({ kind: 'truncated' }) },
	s401: { title: '401', kind: 'refused', inAllWays: false, arm: status(401) },
	s402: { title: '402', kind: 'refused', inAllWays: false, arm: status(402), meets: ofLearnCoin },
} satisfies Record<string, FaultKind>;

const lostThenConflict = (message: 'specific' | 'generic') => ({
	kind: 'unclear' as const,
	inAllWays: true,
	arm: once({ kind: 'drop', when: 'after' }),
	reading: ({ moca }: Sandbox) => void Object.assign(moca.settings, { onDuplicateIgnore: 'conflict', conflictMessage: message }),
	meets: ({ keepsDuplicates }: WritingCall) => keepsDuplicates === true,
});

const declined = (message: string): FaultKind['arm'] => status(409, { body: { code: 409, message } });

const meanings = {
	duplicate: { title: 'line cut, work done; duplicates get 409 with words', ...lostThenConflict('specific') },
	duplicateMute: { title: 'line cut, work done; duplicates get 409 without words', ...lostThenConflict('generic') },
	declined: {
		title: '409: the learner declined',
		kind: 'refused',
		inAllWays: false,
		arm: declined('The user has declined credentials from this partner'),
		meets: ofMoca,
	},
	declinedMute: { title: '409 without words', kind: 'refused', inAllWays: false, arm: declined('Conflict'), meets: ofMoca },
	keyReused: {
		title: '409 idempotency_key_reused',
		kind: 'refused',
		inAllWays: true,
		arm: status(409, { body: errorBody('idempotency_key_reused', 'This Idempotency-Key was already used with a different body.') }),
		meets: ofLearnCoin,
	},
	conflict: {
		title: '409 without a code',
		kind: 'refused',
		inAllWays: false,
		arm: status(409, { body: errorBody(undefined, 'Conflict.') }),
		meets: ofLearnCoin,
	},
	failsLater: {
		title: 'the batch fails later',
		kind: 'refused',
		inAllWays: true,
		arm: ({ sandbox }) => {
			sandbox.learncoin.settings.failBatches = true;
			return Promise.resolve(() => {
				sandbox.learncoin.settings.failBatches = false;
			});
		},
		meets: ofBatches,
	},
} satisfies Record<string, FaultKind>;

/** Everything that can go wrong with one request. A new one is an entry here. */
export const faults = { ...lines, ...answers, ...meanings } satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];
export const faultNamed = (name: FaultName): FaultKind => faults[name];
