/// Work on several cores: so many pieces at a time, each result handed on as soon as it is there.
enum SideBySide {
    /// - Parameters:
    ///   - jobs: how many pieces run at the same time.
    ///   - next: the next piece of work; `nil` ends it.
    ///   - each: takes one result after the other, in the order in which they end.
    /// - Throws: the first error of a piece or of `each`.
    static func run<Result: Sendable>(
        jobs: Int,
        next: () -> (@Sendable () throws -> Result)?,
        each: (Result) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Result.self) { group in
            for _ in 0..<jobs {
                guard let work = next() else { break }
                group.addTask { try work() }
            }
            while let result = try await group.next() {
                if let work = next() { group.addTask { try work() } }
                try each(result)
            }
        }
    }
}
