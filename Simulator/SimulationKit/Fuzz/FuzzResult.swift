/// What came back from one mock, or from many.
package struct FuzzResult: Sendable {
    package private(set) var requests = 0
    /// How often each status was answered.
    package private(set) var statuses: [Int: Int] = [:]
    /// The addresses that requests were made from which were carried out at least once.
    package private(set) var reached: Set<String> = []
    /// What should not have been answered, the first few.
    package var faults: [String] = []

    package init() {}

    mutating func count(_ status: Int, of call: String) {
        self.requests += 1
        self.statuses[status, default: 0] += 1
        if (200..<400).contains(status) { self.reached.insert(call) }
    }

    package mutating func add(_ other: FuzzResult) {
        self.requests += other.requests
        self.statuses.merge(other.statuses, uniquingKeysWith: +)
        self.reached.formUnion(other.reached)
        self.faults += other.faults
    }

    /// How many of a hundred requests were answered so.
    package func share(_ isMeant: (Int) -> Bool) -> Double {
        let count = self.statuses.filter { isMeant($0.key) }.values.reduce(0, +)
        return self.requests == 0 ? 0 : 100 * Double(count) / Double(self.requests)
    }
}
