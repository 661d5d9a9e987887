/// A family of workloads that answer one question.
package protocol Benchmark: Sendable {
    /// The word for `--filter`, and the name of the thresholds' file.
    static var name: String { get }
    /// One line for people.
    static var question: String { get }

    /// - Parameter records: how many records the workload may have at most.
    init(records: Int)

    func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult]
}
