import CAllocator

/// How the process holds memory.
public enum ServiceMemory {
    /// Gives large arrays back to the system when they go.
    ///
    /// A service makes the tables of a snapshot anew with every change. glibc learns from the first that goes to keep such sizes
    /// in its heaps, of which there is one for every few threads, and these fill with gaps. A fixed limit keeps them out.
    /// To be called before anything of the size is made. Elsewhere than with glibc it does nothing.
    public static func returnLargeArrays() { coldstart_return_large_arrays(largeArray, mostHeaps) }

    /// Bytes from which on an array has pages of its own.
    private static let largeArray: Int32 = 512 << 10
    private static let mostHeaps: Int32 = 2
}
