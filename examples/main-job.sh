#!/usr/bin/env bash
# The main job by hand: list a GPU, book it, run a program on it, pay for it.
#
#   npm start                    in one terminal
#   examples/main-job.sh         in another
#
# Needs bash, curl and Node. Set AITBC_API_URL if the system does not run at http://localhost:3000.
set -euo pipefail

examples=$(cd "$(dirname "$0")" && pwd)
url=${AITBC_API_URL:-http://localhost:3000}
api=${url%/}/v1
work=$(mktemp -d)
trap 'kill "${agent:-}" 2>/dev/null; rm -rf "$work"' EXIT

# call TOKEN METHOD PATH [BODY]: prints the response, or prints the problem and fails.
call() {
  local json=()
  [ $# -lt 4 ] || json=(--header 'content-type: application/json' --data "$4")
  curl --silent --show-error --fail-with-body --request "$2" "$api$3" \
    --header "authorization: Bearer $1" "${json[@]}" || { echo >&2; return 1; }
}

# field NAME: prints a field of the JSON on standard input, such as `agent.id`.
field() {
  node -e '
    const answer = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const value = process.argv[1].split(".").reduce((value, name) => value?.[name], answer);
    console.log(typeof value === "object" && value !== null ? JSON.stringify(value) : (value ?? ""));
  ' "$1"
}

# until_field TOKEN PATH FIELD PATTERN: polls until the field matches, for up to two minutes.
until_field() {
  local value
  for ((try = 0; try < 240; try++)); do
    value=$(call "$1" GET "$2" | field "$3")
    if [[ $value =~ $4 ]]; then echo "$value"; return; fi
    sleep 0.5
  done
  echo "$2: $3 is still $value" >&2
  return 1
}

# enter NAME: opens an account with an unlocked wallet; sets NAME_token and NAME_wallet.
enter() {
  local password token wallet
  password=$(node -p 'crypto.randomBytes(18).toString("base64url")')
  token=$(curl --silent --show-error --fail-with-body "$api/auth/register" --header 'content-type: application/json' \
    --data "{\"email\":\"$1-$RANDOM$RANDOM@example.org\",\"password\":\"$password\"}" | field accessToken)
  wallet=$(call "$token" POST /wallets "{\"name\":\"$1\",\"password\":\"$password\"}" | field id)
  call "$token" POST "/wallets/$wallet/unlock" "{\"password\":\"$password\",\"ttlSeconds\":900}" >/dev/null
  printf -v "$1_token" %s "$token"
  printf -v "$1_wallet" %s "$wallet"
}

echo '1. The provider lists a GPU and runs an agent next to it'
enter provider
offer=$(call "$provider_token" POST /offers "{\"gpuModel\":\"A100\",\"gpuMemoryGb\":80,\"gpuCount\":1,\"region\":\"eu-central\",
  \"pricePerHour\":\"2\",\"capabilities\":[\"wasm\"],\"walletId\":\"$provider_wallet\"}" | field id)
registered=$(call "$provider_token" POST /agents "{\"name\":\"rack 12\",\"capabilities\":[\"wasm\"],\"offerIds\":[\"$offer\"]}")
agent_id=$(field agent.id <<<"$registered")
AITBC_API_URL=$url AITBC_AGENT_TOKEN=$(field token <<<"$registered") AITBC_AGENT_HOME=$work/agent \
  node "$examples/../dist/src/agents/daemon/main.js" >"$work/agent.log" 2>&1 &
agent=$!
until_field "$provider_token" "/agents/$agent_id" status '^online$' >/dev/null

echo '2. The client gets 100 AIT from the faucet'
enter client
call "$client_token" POST "/wallets/$client_wallet/faucet" >/dev/null
until_field "$client_token" "/wallets/$client_wallet" balance '^100$'

echo '3. The client books the GPU for an hour; the price goes into escrow'
booking=$(call "$client_token" POST "/offers/$offer/bookings" \
  "{\"walletId\":\"$client_wallet\",\"durationHours\":1,\"pricePerHour\":\"2\"}" | field id)
until_field "$client_token" "/bookings/$booking" status '^funded$'

echo '4. The client submits primes.wasm and gets its output'
module=$(base64 <"$examples/primes.wasm" | tr -d '\n')
job=$(call "$client_token" POST /jobs "{\"bookingId\":\"$booking\",\"task\":{\"kind\":\"wasm\",\"module\":\"$module\"}}" | field id)
until_field "$client_token" "/jobs/$job" status '^(completed|failed|expired|cancelled)$'
call "$client_token" GET "/jobs/$job/result" | field stdout

echo '5. The client completes the booking, and the provider is paid'
call "$client_token" POST "/bookings/$booking/complete" >/dev/null
until_field "$client_token" "/bookings/$booking" status '^settled$'
until_field "$provider_token" "/wallets/$provider_wallet" balance '^1\.95$'
call "$provider_token" GET "/wallets/$provider_wallet/ledger.csv"
