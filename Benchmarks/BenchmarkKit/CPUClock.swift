import Foundation

/// CPU time, which other processes on the machine do not change.
enum CPUClock {
    /// Nanoseconds of all threads of this process.
    static var process: Int64 { Self.read(CLOCK_PROCESS_CPUTIME_ID) }

    /// Nanoseconds of the calling thread.
    static var thread: Int64 { Self.read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The most memory the process has held, in KiB.
    static var peakMemory: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
            return 0
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
