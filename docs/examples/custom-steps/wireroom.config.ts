export default {
  off: ['summary'],
  modules: [{ module: './urgency.ts' }],
  http: [{ name: 'tone', version: '2026-03', url: 'http://127.0.0.1:8099/tone', deadlineMs: 1500, retries: 1 }],
};
