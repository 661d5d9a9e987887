import DemoKit
import Foundation
import HTTPTransport

/// A person at a terminal in an empty folder: types commands and answers, agrees in a browser, and keeps a transcript.
final class Typist {
    private let folder: URL
    private let binary: String
    private let transport: CurlTransport
    private(set) var transcript = ""

    init(folder: URL, binary: String, transport: CurlTransport) {
        self.folder = folder
        self.binary = binary
        self.transport = transport
    }

    /// Runs a command to its end; answers its exit code.
    ///
    /// `typed`: the lines that are typed when it asks. `agrees`: whether the person opens the address that it shows.
    /// `stopAfter`: seconds after which it is asked to end.
    @discardableResult
    func types(
        _ command: String,
        typed: [String] = [],
        agrees: Bool = false,
        stopAfter: Double? = nil
    ) async throws -> Int32 {
        self.transcript += "$ duet \(command)\n"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: self.binary)
        process.arguments = command.split(separator: " ").map(String.init)
        process.currentDirectoryURL = self.folder
        process.environment = ["HOME": self.folder.path, "USER": "ann", "NO_COLOR": "1"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        // What asks a person does so on standard error; all else there is progress, which comes as it comes.
        process.standardError = typed.isEmpty ? FileHandle.nullDevice : output
        try process.run()
        input.fileHandleForWriting.write(
            Data((typed.joined(separator: "\n") + "\n").utf8)
        )
        try input.fileHandleForWriting.close()
        if let stopAfter {
            try await LiveTime().sleep(milliseconds: Int64(stopAfter * 1_000))
            process.terminate()
        }
        var shown = Data()
        if agrees { shown = try await self.agree(output.fileHandleForReading) }
        shown += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        self.transcript += String(decoding: shown, as: UTF8.self)
        if !self.transcript.hasSuffix("\n") { self.transcript += "\n" }
        self.transcript += "\n"
        return process.terminationStatus
    }

    /// Waits for the address, opens it, and follows where it leads; answers what was shown until then.
    private func agree(_ output: FileHandle) async throws -> Data {
        var shown = Data()
        while true {
            let text = String(decoding: shown, as: UTF8.self)
            if text.contains("Waiting for the browser"),
                let line = text.split(separator: "\n").first(where: { $0.contains("authorize?") })
            {
                let address = line.trimmingCharacters(in: .whitespaces)
                let page = try await self.transport.send(HTTPRequest(method: .get, url: address))
                guard let place = page.header("Location") else {
                    throw DemoFailure("the consent led nowhere: \(page.status)")
                }
                _ = try await self.transport.send(HTTPRequest(method: .get, url: place))
                return shown
            }
            let part = output.availableData
            guard !part.isEmpty else { throw DemoFailure("no address was shown: \(text)") }
            shown += part
        }
    }
}
