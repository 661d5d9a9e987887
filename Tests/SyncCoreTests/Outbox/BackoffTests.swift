import SyncCore
import Testing

struct BackoffTests {
    @Test(arguments: [
        (1, 1_000), (2, 2_000), (3, 4_000), (9, 256_000), (10, 300_000), (99, 300_000),
    ])
    func `each failure doubles the wait up to the longest`(attempt: Int, least: Int64) {
        for seed in Int64(0)..<50 {
            let wait = Backoff().delay(attempt: attempt, seed: seed)
            #expect(wait >= least)
            #expect(wait <= least + least / 2)
        }
    }

    @Test func `what the vendor asks for is never cut short`() {
        #expect(Backoff(base: 3_600_000).delay(attempt: 1, seed: 1) >= 3_600_000)
        #expect(Backoff(base: .max / 2).delay(attempt: 40, seed: 1) > 0)
    }

    @Test func `tries that failed together are spread, and the same again are the same`() {
        let waits = Set((Int64(0)..<100).map { Backoff().delay(attempt: 1, seed: $0) })
        #expect(waits.count > 50)
        #expect(Backoff().delay(attempt: 2, seed: 9) == Backoff().delay(attempt: 2, seed: 9))
    }
}
