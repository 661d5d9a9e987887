import SyncCore
import Testing

struct CallWindowTests {
    private static let minute: Int64 = 60_000

    @Test func `a call counts one window from its minute's end`() {
        var window = CallWindow(milliseconds: 10 * Self.minute)
        window.add(at: 30_000)
        window.add(2, at: 59_999)
        window.add(at: Self.minute)
        #expect(window.used(now: 11 * Self.minute - 1) == 4)
        #expect(window.used(now: 11 * Self.minute) == 1)
        #expect(window.used(now: 12 * Self.minute) == 0)
        #expect(window.freeing(after: 0).map(\.at) == [11 * Self.minute, 12 * Self.minute])
        #expect(window.freeing(after: 0).map(\.calls) == [3, 1])
        window.forget(11 * Self.minute)
        #expect(window.used(now: 11 * Self.minute) == 1)
    }

    @Test func `minutes are counted since a time, or strictly after it`() {
        var window = CallWindow(milliseconds: 100 * Self.minute)
        for minute in Int64(0)..<5 { window.add(at: minute * Self.minute + 10) }
        #expect(window.used(since: 2 * Self.minute + 30) == 3)
        #expect(window.used(after: 2 * Self.minute + 30) == 2)
        #expect(window.used(since: -Self.minute) == 5)
    }

    @Test func `what was not sent is taken back, and nothing else`() {
        var window = CallWindow(milliseconds: Self.minute)
        window.add(at: 0)
        window.remove(at: 5 * Self.minute)
        #expect(window.used(now: 1) == 1)
        window.remove(2, at: 10)
        #expect(window.used(now: 1) == 0)
        #expect(window.freeing(after: 1).isEmpty)
    }

    @Test func `late news of an early call stands in order`() {
        var window = CallWindow(milliseconds: 10 * Self.minute)
        window.add(at: 5 * Self.minute)
        window.add(at: 2 * Self.minute)
        window.add(at: -30_000)
        #expect(window.freeing(after: 0).map(\.calls) == [1, 1, 1])
        #expect(window.used(now: 10 * Self.minute) == 2)
    }
}
