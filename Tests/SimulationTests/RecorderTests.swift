import SimulationKit
import SyncCore
import Testing

/// What a recording holds, and that making one changes nothing.
struct RecorderTests {
    @Test(arguments: [SimulationProfile.Name.swarm, .crash])
    func `a run is the same with a recorder and without`(
        profile: SimulationProfile.Name
    ) async throws {
        var run = Simulation(seed: 12, profile: profile)
        let plain = try await run.runApart()
        run.isRecorded = true
        var recorded = try await run.runApart()
        #expect(recorded.recording != nil)
        #expect(plain.recording == nil)
        recorded.recording = nil
        #expect(recorded == plain, "trace, tape, probes, everything")
    }

    @Test func `it holds each billed call, both histories, deaths and what was last synced`()
        async throws
    {
        var run = Simulation(seed: 2, profile: .crash)
        // Under two-way rules both sides end with the same text.
        run.profile.fields = SimulatedField.texts
        run.isRecorded = true
        let report = try await run.runApart()
        let recording = try #require(report.recording)
        #expect(recording.left == 0)
        #expect(recording.marks.count { $0.kind == .killed } == report.kills)
        #expect(recording.marks.count { $0.kind == .started } == report.kills + 1)
        let shown = recording.histogram.buckets
        let sent = shown.reduce(0) { $0 + $1.hubspot } + shown.reduce(0) { $0 + $1.salesforce }
        let billed = report.hubspotCalls + report.salesforceCalls
        // A call that its process did not live to send is counted when it leaves.
        #expect(sent >= billed && sent <= billed + report.kills * 4, "\(sent) and \(billed)")
        #expect(
            Set(recording.requests.map(\.purpose)).isSuperset(of: ["detect", "guard", "write"])
        )
        #expect(recording.requests.allSatisfy { !$0.purpose.isEmpty }, "each was booked first")
        let named = recording.requests.filter { $0.purpose == "write" }.flatMap(\.records)
        #expect(named.contains { recording.bases.map(\.hubspotID).contains($0) })
        for request in recording.requests {
            #expect(request.sentAt <= request.arrivedAt ?? .max)
            #expect(request.arrivedAt ?? 0 <= request.endedAt ?? .max)
        }
        let last = recording.bases.last { $0.hubspot != nil }
        #expect(last?.hubspot == last?.salesforce, "settled: both sides are in step")
        #expect(
            recording.changes.contains { $0.isEngine }
                && recording.changes.contains { !$0.isEngine }
        )
    }

    @Test func `a histogram of any length stays within its bound and loses no call`() {
        var histogram = CallHistogram(bucketsMax: 16)
        for minute in 0..<10_000 {
            histogram.add(minute % 3 == 0 ? .salesforce : .hubspot, at: Int64(minute) * 60_000)
        }
        histogram.note(.salesforce, used: 7, of: 100, at: 599_000_000)
        #expect(histogram.buckets.count <= 16)
        #expect(histogram.buckets.reduce(0) { $0 + $1.hubspot + $1.salesforce } == 10_000)
        #expect(histogram.buckets.last?.salesforceUsed == 7)
        #expect(histogram.salesforceLimit == 100)
        #expect(histogram.width % 10_000 == 0)
    }

    @Test func `probes count what happened`() async throws {
        let report = try await Simulation(seed: 2, profile: .crash).runApart()
        #expect(report.probes[.processKilled] == report.kills)
        #expect(report.probes[.conflictRecorded, default: 0] == report.conflicts)
        #expect(report.probes[.fieldEdited, default: 0] > 0)
        #expect(report.probes[.requestLost] == nil, "the weather was fine")
        let lossy = try await Simulation(seed: 12, profile: .lite).runApart()
        #expect(lossy.probes[.requestLost, default: 0] > 0)
        #expect(lossy.probes[.replyLost, default: 0] > 0)
        #expect(
            lossy.probes[.requestLost, default: 0] + lossy.probes[.replyLost, default: 0]
                == lossy.unknownCalls
        )
    }

    @Test func `times in a text become times of the run`() {
        #expect(RunClock.text(0) == "0:00:00.000")
        #expect(RunClock.text(90_061_001) == "1d 1:01:01.001")
        let text = "h.1 of 1790000061500 gave way, 171000000001 and 1790 stay"
        #expect(
            RunClock.readable(text) == "h.1 of 0:01:01.500 gave way, 171000000001 and 1790 stay"
        )
        #expect(RunClock.moment(in: text) == 61_500)
        #expect(RunClock.moment(in: "12 and 1234567890123") == nil)
    }
}
