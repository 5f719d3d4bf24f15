;; Counts the primes below 100,000 and prints the count. Build primes.wasm with: wat2wasm primes.wat -o primes.wasm
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) " primes below 100000\n")

  (func $is_prime (param $n i32) (result i32)
    (local $d i32)
    (local.set $d (i32.const 2))
    (loop $next
      (if (i32.gt_u (i32.mul (local.get $d) (local.get $d)) (local.get $n)) (then (return (i32.const 1))))
      (if (i32.eqz (i32.rem_u (local.get $n) (local.get $d))) (then (return (i32.const 0))))
      (local.set $d (i32.add (local.get $d) (i32.const 1)))
      (br $next))
    (unreachable))

  (func $count (result i32)
    (local $n i32) (local $count i32)
    (local.set $n (i32.const 2))
    (loop $next
      (local.set $count (i32.add (local.get $count) (call $is_prime (local.get $n))))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 100000))))
    (local.get $count))

  (func (export "_start")
    (local $left i32) (local $at i32)
    (local.set $left (call $count))
    (local.set $at (i32.const 64))
    ;; Write the digits in front of the text, last digit first.
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $left) (i32.const 10))))
      (local.set $left (i32.div_u (local.get $left) (i32.const 10)))
      (br_if $digit (local.get $left)))
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (i32.sub (i32.const 85) (local.get $at)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
