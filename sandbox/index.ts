import { setMaxListeners } from 'node:events';
import Fastify, { type FastifyInstance } from 'fastify';
import { openChain, type ChainSandbox } from './chain';
import { registerChainRoutes } from './chain/routes';
import type { ChainSettings } from './chain/settings';
import { clearChains, createChainState } from './chain/state';
import { registerControl, type ControlledSandbox } from './control/routes';
import type { ApiContext } from './http/apiRoute';
import { Faults, type Fault } from './http/faults';
import { Traffic, type RecordedRequest } from './http/traffic';
import { openLearnCoin, type LearnCoinSandbox } from './learncoin';
import { registerLearnCoinRoutes } from './learncoin/routes';
import type { LearnCoinSettings } from './learncoin/settings';
import { createLearnCoinState, resetLearnCoin } from './learncoin/state';
import { openMoca, type MocaSandbox } from './moca';
import { registerMocaRoutes } from './moca/routes';
import type { MocaSettings } from './moca/settings';
import { createMocaState } from './moca/state';
import { registerPage } from './page';

export type { Fault } from './http/faults';
export type { RecordedRequest } from './http/traffic';
export type { RegisteredWebhook } from './learncoin/webhooks/webhook';
export type { MocaSandbox } from './moca';
export type { SandboxPartner } from './moca/partners/registry';

export interface SandboxOptions {
	/** Default 0: any free port. */
	port?: number;
	/** How long every API answer is held back, ms. Default 0. */
	latencyMs?: number;
	moca?: Partial<MocaSettings>;
	learncoin?: Partial<LearnCoinSettings>;
	chain?: Partial<ChainSettings>;
}

/** A running sandbox: the imitated services on loopback, and what a test needs to steer and watch them. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>` */
	url: string;
	moca: MocaSandbox;
	learncoin: LearnCoinSandbox;
	/** The chain that LearnCoin's half anchors in. */
	chain: ChainSandbox;
	traffic: {
		/** Finished API requests in the order they arrived. */
		requests(): RecordedRequest[];
		maxInFlight(): number;
		clear(): void;
	};
	faults: {
		add(fault: Fault): void;
		/** Those in force, with how many calls each has hit; a call counts from its arrival on, long before `traffic` has it. */
		list(): Array<Fault & { hit: number }>;
		clear(): void;
	};
	setLatency(ms: number): void;
	/** Forgets issued credentials, batches, transactions, webhooks, deliveries, traffic and faults; keeps keys and settings. */
	reset(): void;
	/** Ends every connection at once, those with a slow answer too. */
	stop(): Promise<void>;
}

const host = '127.0.0.1';

/** Requests larger than this get a 413; Moca's own limit is unknown (docs/api/moca.md 11, no. 7). */
const bodyLimitBytes = 5 * 1024 * 1024;

/**
 * Starts the sandbox on loopback.
 * @throws Error naming the port when it is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const stopping = stopSignal();
	const context: ApiContext = {
		traffic: new Traffic(),
		faults: new Faults(),
		latencyMs: options.latencyMs ?? 0,
		stopping: stopping.signal,
	};
	const moca = createMocaState(options.moca);
	const chain = createChainState(options.chain);
	const learncoin = createLearnCoinState(stopping.signal, chain, options.learncoin);
	const reset = () => {
		moca.store.clear();
		resetLearnCoin(learncoin);
		clearChains(chain);
		context.traffic.clear();
		context.faults.clear();
	};
	const app = createApp({ context, moca, learncoin, chain, reset });
	const url = await listen(app, options.port ?? 0);

	return {
		url,
		moca: await openMoca(moca, url),
		learncoin: openLearnCoin(learncoin, url, stopping.signal),
		chain: openChain(chain, url),
		traffic: context.traffic,
		faults: context.faults,
		setLatency: (ms) => {
			context.latencyMs = ms;
		},
		reset,
		stop: async () => {
			// Before the timers: an answer that is held back must be lost, not sent early.
			app.server.closeAllConnections();
			stopping.abort();
			await app.close();
		},
	};
}

function stopSignal(): AbortController {
	const stopping = new AbortController();
	// Every held-back answer listens to it; thousands are normal and no leak.
	setMaxListeners(0, stopping.signal);
	return stopping;
}

function createApp(sandbox: ControlledSandbox): FastifyInstance {
	const { context, moca, learncoin, chain } = sandbox;
	const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: bodyLimitBytes });
	registerMocaRoutes(app, moca, context);
	registerLearnCoinRoutes(app, learncoin, context);
	registerChainRoutes(app, chain, context);
	registerControl(app, sandbox);
	registerPage(app);
	app.setNotFoundHandler(async (request, reply) => {
		// Kept in the traffic: a wrong base address is easier to find when it can be seen.
		const { method, url: path, headers } = request;
		context.traffic.begin({ method, path, route: 'unknown', headers }).end(404, false);
		return await reply.code(404).send({ error: 404, message: `The sandbox has no ${method} ${path}` });
	});
	return app;
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
	try {
		return await app.listen({ host, port });
	} catch (error) {
		await app.close();
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Error(`The sandbox can't start: port ${port} is in use. Free it or choose another one.`, { cause: error });
	}
}
