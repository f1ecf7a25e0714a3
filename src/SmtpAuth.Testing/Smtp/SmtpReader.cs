namespace SmtpAuth.Testing.Smtp;

/// <summary>Reads lines and blocks from a connection with a buffer of fixed size.</summary>
internal sealed class SmtpReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads up to the next line feed; null at the end of the connection.</summary>
    /// <param name="most">The longest line, at most the buffer's size.</param>
    /// <param name="onlyCrLf">True where a line feed alone does not end a line (message content).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SmtpLine?> ReadLineAsync(int most, bool onlyCrLf, CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var feed = Array.IndexOf(_buffer, (byte)'\n', _start + searched, _end - _start - searched);
            if (feed >= 0 && onlyCrLf && (feed == _start || _buffer[feed - 1] != '\r'))
            {
                searched = feed - _start + 1;
                continue;
            }

            if (feed >= 0 && feed - _start <= most)
            {
                var length = feed - _start;
                var content = _buffer.AsMemory(_start, length > 0 && _buffer[feed - 1] == '\r' ? length - 1 : length);
                _start = feed + 1;
                return new SmtpLine(content, true);
            }

            if (_end - _start > most)
            {
                var part = _buffer.AsMemory(_start, most);
                _start += most;
                return new SmtpLine(part, false);
            }

            searched = Math.Max(searched, _end - _start);
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>Reads at most so many bytes; empty at the end of the connection.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBlockAsync(long most, CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken))
        {
            return default;
        }

        var length = (int)Math.Min(most, _end - _start);
        var block = _buffer.AsMemory(_start, length);
        _start += length;
        return block;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }
}
