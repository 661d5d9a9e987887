import SyncCore
import Testing

struct DeleteBrakeTests {
    @Test(arguments: [
        (linked: 0, limit: 5), (linked: 49, limit: 5), (linked: 60, limit: 6),
        (linked: 500, limit: 50), (linked: 1_000_000, limit: 100),
    ])
    func `a tenth is the limit, a handful at least, the setting at most`(
        linked: Int,
        limit: Int
    ) {
        #expect(DeleteBrake(atMost: 100).limit(linked: linked) == limit)
    }

    @Test func `what was done within the day counts with what waits`() {
        let brake = DeleteBrake(atMost: 100)
        #expect(!brake.holds(waiting: 5, done: 0, linked: 20))
        #expect(brake.holds(waiting: 6, done: 0, linked: 20))
        #expect(brake.holds(waiting: 1, done: 5, linked: 20))
        #expect(!brake.holds(waiting: 0, done: 99, linked: 20))
    }

    @Test func `nothing is deleted unasked where the setting is none`() {
        #expect(DeleteBrake(atMost: 0).holds(waiting: 1, done: 0, linked: 1_000))
    }
}
