/// One measured workload: what it cost, and how fast it was on this machine.
package struct BenchmarkResult: Sendable {
    package var name: String
    package var records: Int
    package var hubspotCalls: Int
    package var salesforceCalls: Int
    package var seconds: Double
}
