import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { namingFullDisk, requireSpace } from './disk.js';

describe('requireSpace', () => {
  it('lets a disk with room pass', async () => {
    await expect(requireSpace(tmpdir(), 1, 'a test')).resolves.toBeUndefined();
  });

  it('says how much is left and how much it takes', async () => {
    await expect(requireSpace(tmpdir(), 1e12, 'a test')).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/WIREROOM_DIR.*\d+ MB are left, and a test takes 1000000000000 MB/),
    });
  });
});

describe('namingFullDisk', () => {
  it('turns "no space left" into a sentence and lets other errors be', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    await expect(namingFullDisk('/data', () => Promise.reject(full))).rejects.toMatchObject({ code: 'disk-full' });
    await expect(namingFullDisk('/data', () => Promise.reject(new Error('other')))).rejects.toThrow('other');
  });
});
