declare module "fs-native-extensions" {
  /** True when the exclusive lock was granted; it lasts until the file is closed. */
  export function tryLock(fileDescriptor: number): boolean;
}
