/// The portal's imports, oldest first.
struct ImportStore: Sendable, Codable {
    var jobs: [ImportJob] = []
    private var ids: Int64 = 18_446_000
    private var problems: Int64 = 900_000

    mutating func nextID() -> Int64 {
        self.ids += 1
        return self.ids
    }

    mutating func nextProblemID() -> Int64 {
        self.problems += 1
        return self.problems
    }

    /// Whether any import waits for its time.
    var isBusy: Bool { self.jobs.contains { $0.finishedAt == nil } }
}
