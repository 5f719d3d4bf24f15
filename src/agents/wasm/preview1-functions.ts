/** The only module that a job may import from. */
export const preview1 = 'wasi_snapshot_preview1';

const i32 = 'i';
const i64 = 'I';

/**
 * The functions of WASI preview 1 with their parameters, `i` for i32 and `I` for i64. Each returns an i32, the errno,
 * except `proc_exit`. Source: https://github.com/WebAssembly/WASI, legacy/preview1/witx/wasi_snapshot_preview1.witx.
 */
export const preview1Functions = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_get: 'ii',
  fd_prestat_dir_name: 'iii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  proc_exit: 'i',
  proc_raise: 'i',
  random_get: 'ii',
  sched_yield: '',
  sock_accept: 'iii',
  sock_recv: 'iiiiii',
  sock_send: 'iiiii',
  sock_shutdown: 'ii',
} as const;

export type Preview1Function = keyof typeof preview1Functions;

export function isPreview1Function(name: string): name is Preview1Function {
  return Object.hasOwn(preview1Functions, name);
}

/** The signature of a WASI function in the binary format's value types. */
export function preview1Signature(name: Preview1Function): { params: number[]; results: number[] } {
  const valueTypes = { [i32]: 0x7f, [i64]: 0x7e } as const;
  return {
    params: [...preview1Functions[name]].map((letter) => valueTypes[letter as keyof typeof valueTypes]),
    results: name === 'proc_exit' ? [] : [0x7f],
  };
}
