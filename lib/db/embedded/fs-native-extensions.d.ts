declare module "fs-native-extensions" {
  /** True if the exclusive lock was granted. It lasts until the file is closed. */
  export function tryLock(fileDescriptor: number): boolean;
}
