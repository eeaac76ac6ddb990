-- Beacons as pages send them: 20,000 visitors with a dozen agents, 500 pages, a new batch id each, some events.
local agents = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
}
local referrers = { "https://www.google.com/", "https://news.ycombinator.com/item?id=1", "https://duckduckgo.com/", "https://t.co/abc" }

function init(args)
  math.randomseed(tonumber(args[1] or "1"))
end

function request()
  local visitor = math.random(0, 19999)
  local address = string.format("%d.%d.%d.%d", 11 + visitor % 80, visitor % 251, math.floor(visitor / 251) % 251, visitor % 199)
  local items = '{"k":"view"}'
  if math.random() < 0.2 then items = items .. ',{"k":"event","n":"signup","p":{"plan":"pro"},"a":120}' end
  local referrer = ""
  if math.random() < 0.3 then referrer = ',"r":"' .. referrers[math.random(#referrers)] .. '"' end
  local batch = string.format("%08x%08x", math.random(0, 2147483647), math.random(0, 2147483647))
  local body = '{"v":1,"b":"' .. batch .. '","s":"demo","u":"https://example.com/page-' .. math.random(500)
    .. '?utm_source=hn","t":"A page of the site"' .. referrer .. ',"w":"l","i":[' .. items .. "]}"
  return wrk.format("POST", "/in", {
    ["content-type"] = "text/plain",
    ["user-agent"] = agents[visitor % #agents + 1],
    ["accept-language"] = "de-DE,de;q=0.9,en;q=0.8",
    ["x-forwarded-for"] = address,
  }, body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT {"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
