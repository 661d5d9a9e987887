/// The org's jobs of the first Bulk API.
struct BatchJobs: Sendable, Codable {
    private var jobs: [String: BatchJob] = [:]
    private var made = 0
    /// When the next batch starts or ends.
    private(set) var nextDue: Int64 = .max

    /// An id that no other job, batch or result has.
    mutating func nextID(_ prefix: String) -> String {
        self.made += 1
        // Jobs of both Bulk APIs share a prefix.
        return SalesforceID.make(prefix: prefix, number: 1_000_000 + self.made)
    }

    subscript(id: String) -> BatchJob? {
        get { self.jobs[id] }
        set {
            self.jobs[id] = newValue
            self.nextDue = self.jobs.values.flatMap(\.batches).map(Self.due).min() ?? .max
        }
    }

    /// Job and place of each batch that something happens to until then, the earliest first.
    func due(at now: Int64) -> [(job: String, place: Int)] {
        var due: [(job: String, place: Int, at: Int64)] = []
        for job in self.jobs.values {
            for (place, batch) in job.batches.enumerated() where Self.due(batch) <= now {
                due.append((job.id, place, batch.endsAt))
            }
        }
        due.sort { ($0.at, $0.job, $0.place) < ($1.at, $1.job, $1.place) }
        return due.map { ($0.job, $0.place) }
    }

    private static func due(_ batch: BatchJob.Batch) -> Int64 {
        switch batch.state {
        case .queued: batch.startsAt
        case .inProgress: batch.endsAt
        case .completed, .failed, .notProcessed: .max
        }
    }
}
