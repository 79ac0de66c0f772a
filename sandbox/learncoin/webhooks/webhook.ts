import type { Environment } from '../types';

/** A registered receiver. Its secret is told once, in the answer to its creation (docs/api/learncoin.md 3.8). */
export interface RegisteredWebhook {
	id: string;
	url: string;
	events: string[];
	description?: string | undefined;
	signing_secret: string;
	active: boolean;
	created_at: string;
	environment: Environment;
}
