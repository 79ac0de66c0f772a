import type { LearnCoinHints } from '../../../lib/learncoin/hints';
import { slowDownInN8n } from '../../form/options';

/** Where in n8n people change what LearnCoin's hints name. */
export const hintsInN8n: LearnCoinHints = {
	inAccount: 'in the LearnCoin credential',
	address: 'Check the Base URL in the LearnCoin credential.',
	slowDownHint: slowDownInN8n,
	usage: 'LearnCoin Tenant, Get shows the plan and, where LearnCoin tells it, how many credentials are left this month.',
	batchSize: 'Lower Batch Size in the node.',
};

export const batchIdSource = 'LearnCoin Batch gives it as batch_id.';
export const credentialIdSource =
	'LearnCoin gives it once the batch is anchored; LearnCoin Batch, Create with Wait for Anchor has it as id.';
export const webhookIdSource = 'LearnCoin Webhook, Get Many lists them.';
export const howToBeReached =
	'Give n8n an address that the internet can reach, set it as WEBHOOK_URL where n8n is started (from n8n 2.35 on also N8N_WEBHOOK_URL), and start n8n again. For trying out, use a tunnel.';
