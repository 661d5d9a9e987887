import Foundation

/// A program that the demo runs and watches, as a person would in a terminal.
package final class ChildProcess: @unchecked Sendable {
    private let process = Process()
    private let output = Pipe()

    package init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) {
        self.process.executableURL = URL(fileURLWithPath: path)
        self.process.arguments = arguments
        self.process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, new in new }
        self.process.standardOutput = self.output
        self.process.standardInput = FileHandle.nullDevice
        self.process.standardError = FileHandle.standardError
    }

    /// Keeps what the program says on standard error out of the demo's own output.
    package func silence() {
        self.process.standardError = FileHandle.nullDevice
    }

    package func start() throws {
        try self.process.run()
    }

    package var isRunning: Bool { self.process.isRunning }

    /// The system's number of the process.
    package var identifier: Int32 { self.process.processIdentifier }

    /// Reads one line of standard output.
    package func readLine() -> String? {
        var line: [UInt8] = []
        while let byte = try? self.output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// Reads the rest of standard output and waits for the end.
    package func finish() -> (status: Int32, output: String) {
        let data = self.output.fileHandleForReading.readDataToEndOfFile()
        self.process.waitUntilExit()
        return (self.process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Ends it at once, as a pulled plug does.
    package func kill() {
        Foundation.kill(self.process.processIdentifier, SIGKILL)
        self.process.waitUntilExit()
    }

    package func terminate() {
        guard self.process.isRunning else { return }
        self.process.terminate()
        self.process.waitUntilExit()
    }
}
