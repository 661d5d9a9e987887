import Foundation

/// A folder of its own for a store on disk.
struct BenchmarkFolder {
    let url: URL

    init() throws {
        self.url = FileManager.default.temporaryDirectory
            .appending(path: "duet-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> URL { self.url.appending(path: name) }

    var store: String {
        self.url.appending(path: "store.sqlite").path(percentEncoded: false)
    }

    func remove() {
        try? FileManager.default.removeItem(at: self.url)
    }
}
