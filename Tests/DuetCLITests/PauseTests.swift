@testable import DuetCLI
import Foundation
import SyncCore
import Testing

@Suite struct PauseTests {
    @Test(
        arguments: [
            ("90m", 5_400_000), ("2h", 7_200_000), ("3d", 259_200_000),
            ("1970-01-01T01:00:00Z", 3_599_000), ("1970-01-01T02:00:00+01:00", 3_599_000),
        ] as [(String, Int64)]
    )
    func `until is a length or a time`(text: String, length: Int64) throws {
        #expect(try PauseEnd.milliseconds(text, now: 1_000) == 1_000 + length)
    }

    @Test(arguments: ["", "m", "0h", "-1h", "tomorrow", "1969-01-01T00:00:00Z", "99999d"])
    func `what is no time to come is refused`(text: String) {
        let error = #expect(throws: SyncError.self) {
            try PauseEnd.milliseconds(text, now: 1_000)
        }
        #expect(error?.code == .usage)
    }

    @Test func `a file that nobody can read pauses everything, one that is missing nothing`() throws
    {
        let store = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-pause-\(ProcessInfo.processInfo.globallyUniqueString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: store + ".pauses") }
        let file = PauseFile(store: store)
        #expect(file.read() == Pauses())
        var pauses = Pauses()
        pauses.begin(Pause(mapping: "deals", since: 1, until: 9, reason: "audit"))
        try file.write(pauses)
        #expect(file.read() == pauses)
        try "{".write(toFile: store + ".pauses", atomically: true, encoding: .utf8)
        #expect(file.read().whole(at: 5) != nil)
    }

    @Test func `a pause says what, until when, why, and how it ends`() {
        let pause = Pause(mapping: "deals", since: 0, until: 3_600_000, reason: "audit")
        #expect(
            PauseText.line(pause)
                == "Paused: deals until 1970-01-01T01:00:00Z: audit. Go on with: duet resume deals"
        )
    }
}
