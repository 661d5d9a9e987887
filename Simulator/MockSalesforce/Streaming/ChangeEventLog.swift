import DequeModule

/// The events that can still be asked for, oldest first.
struct ChangeEventLog: Sendable, Codable {
    private(set) var events: Deque<ChangeEvent> = []
    /// Changes of the history that were looked at.
    var scanned = 0
    /// Places of changes that wait for their commit.
    var waiting: [Int] = []
    private var lastReplayID: Int64 = 0
    private var commits: Int64 = 0
    private(set) var eventsPublished = 0

    /// The newest id that was given; a client that wants new events only starts after it.
    var tip: Int64 { self.lastReplayID }

    /// Adds the events of one transaction.
    ///
    /// Ids rise, and between transactions some are left out: nobody may count on the next one.
    /// `count`: how many there were, with those that are told to nobody.
    mutating func append(_ events: [ChangeEvent], of count: Int) {
        self.commits += 1
        self.lastReplayID += 2
        for var event in events {
            self.lastReplayID += 1
            event.replayID = self.lastReplayID
            event.commitNumber = 10_585_193_272_713 + self.commits
            self.events.append(event)
        }
        self.eventsPublished += count
    }

    mutating func prune(before time: Int64, max: Int) {
        while let first = self.events.first,
            first.committedAt < time || self.events.count > Swift.max(0, max)
        {
            self.events.removeFirst()
        }
    }

    /// The oldest so many changes of the history are forgotten: no event tells of them any more.
    mutating func forget(changes count: Int) {
        self.scanned = max(0, self.scanned - count)
        self.waiting = self.waiting.filter { $0 >= count }.map { $0 - count }
        self.events = self.events.filter { $0.changes.allSatisfy { $0 >= count } }
        for place in self.events.indices {
            self.events[place].changes = self.events[place].changes.map { $0 - count }
        }
    }

    mutating func forgetAll() {
        self.events = []
    }

    func isRetained(_ replayID: Int64) -> Bool {
        let place = self.firstPlace(after: replayID - 1)
        return place < self.events.count && self.events[place].replayID == replayID
    }

    /// The place of the first retained event with a larger id.
    func firstPlace(after replayID: Int64) -> Int {
        var low = 0
        var high = self.events.count
        while low < high {
            let middle = (low + high) / 2
            if self.events[middle].replayID <= replayID { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
