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

/** The same, and files that can still be made; null: any number. */
export interface Room extends DiskSpace {
  readonly files: number | null;
}

/** The room on the disk that a folder is on. It costs a call of the system, and reads no file. */
export const roomOf = async (dir: string): Promise<Room> => {
  const { bavail, blocks, bsize, files, ffree } = await statfs(dir);
  return { free: bavail * bsize, total: blocks * bsize, files: files === 0 ? null : ffree };
};

/** The bytes of it alone. */
export const spaceOf = async (dir: string): Promise<DiskSpace> => {
  const { free, total } = await roomOf(dir);
  return { free, total };
};

/** The disk that a folder is on. */
export const diskOf = async (dir: string): Promise<Disk> => {
  const [space, { dev }] = await Promise.all([spaceOf(dir), stat(dir)]);
  return { ...space, device: dev };
};
