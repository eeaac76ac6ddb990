import { stat, statfs } from 'node:fs/promises';

/** Bytes of a disk: free for this user, and altogether. */
export interface DiskSpace {
  readonly free: number;
  readonly total: number;
}

/** The same, and which disk it is: folders of one have the same number. */
export interface Disk extends DiskSpace {
  readonly device: number;
}

/** The room on the disk that a folder is on. It costs a call of the system, and reads no file. */
export const spaceOf = async (dir: string): Promise<DiskSpace> => {
  const { bavail, blocks, bsize } = await statfs(dir);
  return { free: bavail * bsize, total: blocks * bsize };
};

/** The disk that a folder is on. */
export const diskOf = async (dir: string): Promise<Disk> => {
  const [space, { dev }] = await Promise.all([spaceOf(dir), stat(dir)]);
  return { ...space, device: dev };
};
