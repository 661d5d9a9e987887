import OrderedCollections

/// The org's Bulk 2.0 jobs, oldest first.
struct BulkJobs: Sendable, Codable {
    private var jobs: OrderedDictionary<String, BulkJob> = [:]
    private var made = 0
    /// When the next job starts or ends.
    private(set) var nextDue: Int64 = .max

    mutating func nextID() -> String {
        self.made += 1
        return SalesforceID.make(prefix: "750", number: self.made)
    }

    subscript(id: String) -> BulkJob? {
        get { self.jobs[id] }
        set {
            self.jobs[id] = newValue
            self.nextDue = self.jobs.values.map(Self.due).min() ?? .max
        }
    }

    var all: [BulkJob] { Array(self.jobs.values) }

    /// The jobs that something happens to until then, the earliest first.
    func due(at now: Int64) -> [BulkJob] {
        self.jobs.values.filter { Self.due($0) <= now }.sorted { $0.endsAt < $1.endsAt }
    }

    private static func due(_ job: BulkJob) -> Int64 {
        switch job.state {
        case .uploadComplete: job.startsAt
        case .inProgress: job.endsAt
        case .open, .jobComplete, .failed, .aborted: .max
        }
    }
}
