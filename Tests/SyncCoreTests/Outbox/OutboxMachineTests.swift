import SyncCore
import Testing

/// Each test is an interleaving of architecture 5.8; times in minutes, the longest request takes 10.
struct OutboxMachineTests {
    private static let minute: Int64 = 60_000

    private static func machine(at minutes: Int64) -> OutboxMachine {
        OutboxMachine(requestTimeMax: 10 * Self.minute, attemptsMax: 4, now: minutes * Self.minute)
    }

    private static func entry(
        _ attempts: [(at: Int64, fate: OutboxEntry.Attempt.Fate)],
        _ state: OutboxEntry.State = .sent
    ) -> OutboxEntry {
        OutboxEntry(
            id: 7,
            mapping: "contacts",
            link: 1,
            target: .salesforce,
            object: "Contact",
            kind: .update,
            state: state,
            targetID: "A",
            sourceID: "101",
            fields: [],
            attempts: attempts.map { .init(sentAt: $0.at * Self.minute, fate: $0.fate) }
        )
    }

    @Test func `a reply to the only attempt ends the write`() {
        let ended = Self.machine(at: 1).stored(Self.entry([(0, .open)]), byReply: true)
        #expect(ended.state == .confirmed)
        #expect(ended.attempts.map(\.fate) == [.stored])
    }

    @Test func `attempt 1 lost, attempt 2 confirmed: closed until attempt 1 cannot land`() {
        let landed = Self.machine(at: 1).stored(
            Self.entry([(0, .open), (1, .open)]),
            byReply: true
        )
        #expect(landed.state == .landed)
        #expect(landed.notBefore == 10 * Self.minute)
        #expect(
            Self.machine(at: 9).step(landed, looksUp: true) == .wait(until: 10 * Self.minute)
        )
        #expect(Self.machine(at: 10).step(landed, looksUp: true) == .close)
    }

    @Test func `a read-back accounts for one attempt only, and the newest stays open`() {
        let both = Self.entry([(0, .open), (4, .open)], .unknown)
        let landed = Self.machine(at: 5).stored(both, byReply: false)
        #expect(landed.state == .landed)
        #expect(landed.attempts.map(\.fate) == [.stored, .open])
        #expect(landed.notBefore == 14 * Self.minute)
        let single = Self.entry([(0, .open)], .unknown)
        #expect(Self.machine(at: 1).stored(single, byReply: false).state == .confirmed)
    }

    @Test func `attempt 1 lost, attempt 2 held off: no other write may take its place`() {
        let sent = Self.entry([(0, .open), (1, .open)])
        let held = Self.machine(at: 1).deferred(sent, .retry(afterMilliseconds: 1_000))
        #expect(held.state == .unknown)
        #expect(held.attempts.map(\.fate) == [.open, .refused])
        let later = Self.machine(at: 10).deferred(sent, .retry(afterMilliseconds: 1_000))
        #expect(later.state == .planned, "attempt 1 can no longer land")
    }

    @Test func `attempt 1 lost, attempt 2 refused: told only when attempt 1 cannot land`() {
        let sent = Self.entry([(0, .open), (1, .open)])
        let refused = Self.machine(at: 1).refused(sent)
        #expect(refused.state == .unknown)
        #expect(refused.notBefore == 10 * Self.minute)
        #expect(Self.machine(at: 11).refused(sent).state == .rejected)
    }

    @Test func `attempt 1 lost, attempt 2 finds its key taken: it waits before it is a match`() {
        let sent = Self.entry([(0, .open), (1, .open)])
        let early = Self.machine(at: 1).taken(sent, by: "B")
        #expect(early.state == .unknown)
        #expect(early.targetID == "A")
        let late = Self.machine(at: 12).taken(sent, by: "B")
        #expect(late.state == .unmatched)
        #expect(late.targetID == "B")
    }

    @Test func `a limit that is used up does not count as an attempt`() {
        var entry = Self.entry([(0, .open)])
        for turn in 0..<20 {
            entry = Self.machine(at: Int64(turn)).deferred(entry, .pausePair(milliseconds: 1))
            #expect(entry.state == .planned)
            entry = OutboxMachine.sent(entry, at: Int64(turn) * Self.minute)
        }
        #expect(entry.attempts.count == 1)
    }

    @Test func `a record that stays locked is reported after the last attempt and tried again`() {
        let tries: [(at: Int64, fate: OutboxEntry.Attempt.Fate)] = [
            (0, .refused), (1, .refused), (2, .refused), (3, .open),
        ]
        let entry = Self.entry(tries)
        let retry = FailureDisposition.retry(afterMilliseconds: 1_000)
        let paused = Self.machine(at: 3).deferred(entry, retry)
        #expect(Self.machine(at: 3).isExhausted(entry, retry))
        #expect(paused.state == .planned)
        #expect(paused.notBefore == 63 * Self.minute)
        #expect(paused.attempts.isEmpty, "the next hour's tries are counted anew")
    }

    @Test func `a lost write is looked for at once; without a key only when it cannot land`() {
        let sent = Self.entry([(0, .open)])
        let seen = Self.machine(at: 1).lost(sent, looksUp: true)
        #expect(seen.state == .unknown)
        #expect(seen.notBefore == nil)
        let blind = Self.machine(at: 1).lost(sent, looksUp: false)
        #expect(blind.notBefore == 11 * Self.minute, "it left before minute 1")
        #expect(Self.machine(at: 5).step(blind, looksUp: false) == .wait(until: 11 * Self.minute))
        #expect(Self.machine(at: 11).step(blind, looksUp: false) == .look)
    }

    @Test func `what a read shows of a lost write decides how it goes on`() {
        let open = Self.entry([(0, .open)], .unknown)
        #expect(Self.machine(at: 1).looked(open, .stored) == .stored)
        #expect(Self.machine(at: 1).looked(open, .asBefore) == .resend)
        var waiting = open
        waiting.notBefore = 10 * Self.minute
        #expect(
            Self.machine(at: 1).looked(open, .other) == .wait(waiting),
            "a person's edit is merged when nothing can land on it any more"
        )
        var planned = open
        planned.state = .planned
        planned.attempts = []
        #expect(Self.machine(at: 10).looked(open, .other) == .reopen(planned))
    }

    @Test func `after the last attempt a write is sent again only through a new decision`() {
        let tries: [(at: Int64, fate: OutboxEntry.Attempt.Fate)] = [
            (0, .open), (1, .open), (2, .open), (3, .open),
        ]
        let open = Self.entry(tries, .unknown)
        var waiting = open
        waiting.notBefore = 13 * Self.minute
        #expect(Self.machine(at: 4).looked(open, .asBefore) == .wait(waiting))
        guard case .reopen = Self.machine(at: 13).looked(open, .asBefore) else {
            Issue.record("it stays closed for ever")
            return
        }
    }

    @Test func `a process that ended leaves its sent writes unknown`() {
        let found = Self.machine(at: 1).recovered(Self.entry([(0, .open)]))
        #expect(found.state == .unknown)
        #expect(found.attempts.map(\.fate) == [.open])
    }
}
