/// What is paused: everything, or some mappings.
package struct Pauses: Sendable, Hashable, Codable {
    package private(set) var list: [Pause]

    package init(_ list: [Pause] = []) {
        self.list = list
    }

    /// The pause of everything.
    package func whole(at now: Int64) -> Pause? {
        self.list.first { $0.mapping == nil && $0.isOn(at: now) }
    }

    /// The mappings of which nothing is written.
    package func mappings(at now: Int64) -> Set<String> {
        Set(self.list.filter { $0.isOn(at: now) }.compactMap(\.mapping))
    }

    /// Those that are on, everything first.
    package func current(at now: Int64) -> [Pause] {
        self.list.filter { $0.isOn(at: now) }
            .sorted { ($0.mapping ?? "", $0.since) < ($1.mapping ?? "", $1.since) }
    }

    /// One pause for each mapping: the newer one says until when, and why.
    package mutating func begin(_ pause: Pause) {
        self.list.removeAll { $0.mapping == pause.mapping || !$0.isOn(at: pause.since) }
        self.list.append(pause)
    }

    /// Ends the pause of a mapping, or with `nil` every pause.
    ///
    /// - Returns: whether any was on.
    package mutating func end(_ mapping: String?, at now: Int64) -> Bool {
        let wasOn = self.list.contains {
            (mapping == nil || $0.mapping == mapping) && $0.isOn(at: now)
        }
        self.list.removeAll { mapping == nil || $0.mapping == mapping }
        return wasOn
    }
}
