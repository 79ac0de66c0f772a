/** To be imported before n8n's engine: has n8n write everything it logs to the console. */
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'console';
