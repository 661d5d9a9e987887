import Foundation

/// What another process has used so far, as the system tells it.
struct ProcessUse {
    /// The most memory of its own that it was seen to hold, in KiB.
    ///
    /// Pages of the program's file are not counted: how many of them are in memory is up to the system that reads them.
    var peakMemory = 0
    /// CPU time of all its threads, in seconds.
    var cpu = 0.0

    /// Takes a newer look; once the process has ended, the last look stays.
    mutating func look(at process: Int32) {
        guard
            let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        else { return }
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        if let memory = line.flatMap({ Int($0.filter(\.isNumber)) }) {
            self.peakMemory = max(self.peakMemory, memory)
        }
        // proc(5): the name is in brackets; utime and stime are the 12th and 13th after it.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            return
        }
        self.cpu = Double(user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
