/// Who goes next: the most urgent class first, first come first served inside a class.
///
/// A ticket that has waited longer than its class may goes before all others.
package struct PriorityGate: Sendable {
    private struct Ticket {
        var id: Int64
        var priority: PriorityClass
        var since: Int64
    }

    private var tickets: [Ticket] = []
    private let waitingMax: Int

    package init(waitingMax: Int = 10_000) {
        self.waitingMax = waitingMax
    }

    /// Queues a ticket; answers `false` when too many wait already.
    package mutating func enqueue(_ id: Int64, _ priority: PriorityClass, now: Int64) -> Bool {
        guard self.tickets.count < self.waitingMax else { return false }
        self.tickets.append(Ticket(id: id, priority: priority, since: now))
        return true
    }

    /// The ticket whose turn it is.
    package func next(now: Int64) -> Int64? {
        let overdue = self.tickets.filter { now - $0.since > Self.waitMax(of: $0.priority) }
        if let oldest = overdue.min(by: { ($0.since, $0.id) < ($1.since, $1.id) }) {
            return oldest.id
        }
        return self.tickets.min { ($0.priority, $0.id) < ($1.priority, $1.id) }?.id
    }

    package mutating func cancel(_ id: Int64) {
        self.tickets.removeAll { $0.id == id }
    }

    package var isEmpty: Bool { self.tickets.isEmpty }

    /// The longest wait of a class in milliseconds.
    private static func waitMax(of priority: PriorityClass) -> Int64 {
        switch priority {
        case .manual: 1_000
        case .newRecord: 10_000
        case .ownerAndStage: 20_000
        case .field: 30_000
        case .backfill: 120_000
        case .audit: 300_000
        }
    }
}
