import Foundation

/// Which source and compiler a run belongs to: a seed means the same only there.
enum SourceVersion {
    /// The commit of the working copy that this is run in, `+` where it has changes; else `unknown`.
    static let commit: String = {
        guard let root = Self.git("rev-parse", "--show-toplevel"),
            FileManager.default.fileExists(atPath: root + "/Simulator/SimulationKit"),
            let commit = Self.git("rev-parse", "--short=12", "HEAD")
        else { return "unknown" }
        return Self.git("diff-index", "--quiet", "HEAD") == nil ? commit + "+" : commit
    }()

    static var toolchain: String {
        #if compiler(>=6.4)
        "Swift 6.4 or later"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #else
        "Swift 6.2"
        #endif
    }

    static var configuration: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }

    /// What git says; `nil` where it fails or is not there.
    private static func git(_ arguments: String...) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
