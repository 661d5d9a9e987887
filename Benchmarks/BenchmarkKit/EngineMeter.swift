import CAllocations

/// What the engine needs for a piece of work, with the mocks' part taken off.
struct EngineMeter {
    private let bench: BenchmarkWorld
    private let wall = ContinuousClock.now
    private let cpu = CPUClock.process
    private let mockTime: Int64
    private let allocations = duet_allocations()
    private let mockAllocations: Int64
    private let bytes: (received: Int64, sent: Int64)

    /// Starts to measure.
    init(_ bench: BenchmarkWorld) {
        self.bench = bench
        self.mockTime = bench.mockTime
        self.mockAllocations = bench.mockAllocations
        self.bytes = bench.bytes
    }

    /// What was needed since the start, for so many records.
    func metrics(_ records: Int) -> [BenchmarkMetric] {
        let count = Double(records)
        let seconds = (ContinuousClock.now - self.wall).seconds
        let mocks = self.bench.mockTime - self.mockTime
        let mine = Double(CPUClock.process - self.cpu - mocks) / 1e9
        let others = self.bench.mockAllocations - self.mockAllocations
        let asked = duet_allocations() - self.allocations - others
        let (received, sent) = self.bench.bytes
        let bytes = received - self.bytes.received + sent - self.bytes.sent
        return [
            .measured("records/s", (count / mine).rounded()),
            .measured("µs a record", mine * 1e6 / count),
            .measured("with mocks/s", (count / seconds).rounded()),
            // Two sides' work meets in other ways each time.
            .count("allocations", Int(asked) / records, slack: 0.1),
            .count("bytes", Int(bytes) / records, slack: 0.02),
            .measured("peak MiB", Double(CPUClock.peakMemory) / 1_024),
        ]
    }
}
