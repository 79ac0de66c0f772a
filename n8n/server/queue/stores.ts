import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { codeOf, FixableError } from '../../errors';
import type { InstalledN8n } from '../../install/installN8n';
import { onSignal } from '../../processes/children';

/** What n8n's processes share in queue mode: a database and a place in Redis, both made for one run. */
export interface SharedStores {
	/** The settings by which n8n finds them. */
	env: Record<string, string>;
	/** Drops both. */
	drop(): Promise<void>;
}

/** The part of n8n's own drivers that is used here; this checkout has neither, and needs neither otherwise. */
interface Drivers {
	pg: { Client: new (address: object) => { connect(): Promise<void>; query(sql: string): Promise<unknown>; end(): Promise<void> } };
	ioredis: new (address: object) => {
		connect(): Promise<void>;
		keys(pattern: string): Promise<string[]>;
		del(...keys: string[]): Promise<number>;
		disconnect(): void;
	};
}

const { PGHOST = '127.0.0.1', PGPORT = '5432', PGUSER = 'postgres', PGPASSWORD = '' } = process.env;
const { REDISHOST = '127.0.0.1', REDISPORT = '6379' } = process.env;

/**
 * Makes a database, and chooses a prefix of its own in Redis, so that nothing else that uses either server is met. PGHOST, PGPORT, PGUSER,
 * PGPASSWORD, REDISHOST and REDISPORT say where the servers are; by default on loopback, at their usual ports.
 *
 * @throws FixableError when one of them can't be reached
 */
export async function createStores({ modules }: InstalledN8n): Promise<SharedStores> {
	const name = `moca_learncoin_${randomBytes(6).toString('hex')}`;
	const load = createRequire(join(modules, 'n8n', 'package.json'));
	const sql = (command: string) => query(load('pg') as Drivers['pg'], command);
	const forget = () => forgetKeys(load('ioredis') as Drivers['ioredis'], name);
	await forget();
	await sql(`CREATE DATABASE ${name}`);
	const drop = async () => {
		await sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		await forget();
	};
	onSignal(drop);
	return { env: settingsFor(name), drop };
}

const settingsFor = (name: string): Record<string, string> => ({
	EXECUTIONS_MODE: 'queue',
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: PGHOST,
	DB_POSTGRESDB_PORT: PGPORT,
	DB_POSTGRESDB_USER: PGUSER,
	DB_POSTGRESDB_PASSWORD: PGPASSWORD,
	DB_POSTGRESDB_DATABASE: name,
	QUEUE_BULL_REDIS_HOST: REDISHOST,
	QUEUE_BULL_REDIS_PORT: REDISPORT,
	QUEUE_BULL_PREFIX: `${name}:bull`,
	// By this one n8n's processes call each other: without it they would call those of any other n8n at the same Redis.
	N8N_REDIS_KEY_PREFIX: name,
	N8N_ENCRYPTION_KEY: name,
});

async function query({ Client }: Drivers['pg'], sql: string): Promise<void> {
	const client = new Client({ host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD, database: 'postgres' });
	await client.connect().catch((error: unknown) => {
		throw new FixableError(
			`PostgreSQL can't be used at ${PGHOST}:${PGPORT} as ${PGUSER}: ${wordsOf(error)}. Install it (Debian, Ubuntu: sudo apt install postgresql), or name another one by PGHOST, PGPORT, PGUSER and PGPASSWORD.`,
		);
	});
	await client.query(sql).finally(() => client.end());
}

async function forgetKeys(Redis: Drivers['ioredis'], prefix: string): Promise<void> {
	const redis = new Redis({ host: REDISHOST, port: Number(REDISPORT), lazyConnect: true, retryStrategy: null });
	try {
		await redis.connect();
		const keys = await redis.keys(`${prefix}*`);
		if (keys.length > 0) await redis.del(...keys);
	} catch (error) {
		throw new FixableError(
			`Redis can't be used at ${REDISHOST}:${REDISPORT}: ${wordsOf(error)}. Install it (Debian, Ubuntu: sudo apt install redis-server), or name another one by REDISHOST and REDISPORT.`,
		);
	} finally {
		redis.disconnect();
	}
}

/** A connection that was refused at several addresses has no words of its own, only a code. */
const wordsOf = (error: unknown): string => (error instanceof Error && error.message) || String(codeOf(error));
